// What the page says besides index.html.
// when: something was done on the page · to: whoever tries it · if: by what was done

export const TEXTS = {
  language: "en",
  locale: "en-GB",
  month: "long",
  day: (p) => `${p.weekday} ${p.day} ${p.month} ${p.year}`,
  shortDay: (p) => `${p.weekday} ${p.day} ${p.month}`,
  refused: (status) => `Error ${status}`,
  beginning: "The made-up town is starting over…",
  lost: "The connection is lost. Connecting again…",
  nobody: "There is nobody yet. Make an officer with [Add a person] below.",
  unread: (count) => `${count} new message${count === 1 ? "" : "s"}`,

  // the clock
  realTime: "Follows the computer's clock",
  moving: "Moving the clock… waiting for the bot to finish",
  nothingPlanned: "No reminders planned",
  waiting: "Waiting for the bot",
  next: (when) => `Next reminder ${when}`,

  // a chat
  newMessage: "New message ↓",
  typing: "The bot is typing…",
  drop: "Drop a file here to send it to the bot",
  write: "Write a message",
  speaker: "Sender",
  showCommands: "Show commands",
  commands: "Commands",
  sendFile: "Send a file",
  send: "Send",
  confirm: "OK",
  group: "group",
  messageOf: (name) => `Message from ${name}`,
  startAgain: "Unblock and start again",
  start: "Start",
  block: "Block",
  blockOf: (name) => `${name} blocks the bot`,
  remove: "Remove",
  removeOf: (name) => `Remove ${name}`,
  leaves: (name) => `${name}'s Telegram account is taken for deleted. The bot learns of it the next time it sends something.`,
  groupEnds: (name) => `The bot leaves the group ${name}, and the page shows it no more.`,
  leadsOut: (url) => `This link leads out of the practice and is not opened: ${url}`,
  empty: "No messages yet.",

  // a message
  service: {
    group_chat_created: "The group was made.",
    migrate_to_chat_id: "This group has become a supergroup.",
    migrate_from_chat_id: "The group has become a supergroup.",
  },
  serviceOther: "The chat has changed.",
  edited: "edited",
  picture: "Picture from the bot",
  larger: "Show larger",
  buttons: "Buttons",
  history: (count) => `${count} earlier version${count === 1 ? "" : "s"}`,
  spoiler: "Show hidden text",
};
