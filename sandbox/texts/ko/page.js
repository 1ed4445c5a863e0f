// What the page says besides index.html.
// when: 대화 화면에서 무엇을 하였을 때 · to: 체험하는 분 · if: 한 일마다

export const TEXTS = {
  language: "ko",
  locale: "ko-KR",
  month: "numeric",
  day: (p) => `${p.year}. ${p.month}. ${p.day}.(${p.weekday})`,
  shortDay: (p) => `${p.month}. ${p.day}.(${p.weekday})`,
  refused: (status) => `오류 ${status}`,
  beginning: "만든 도시를 처음부터 다시 시작하는 중입니다…",
  lost: "연습장과 연결이 끊겼습니다. 다시 잇는 중입니다…",
  nobody: "아직 아무도 없습니다. 아래 [사람 추가]로 담당자를 만들어 보십시오.",
  unread: (count) => `새 메시지 ${count}개`,

  // the clock
  realTime: "컴퓨터의 시계를 따라갑니다",
  moving: "시계를 옮기는 중… 봇이 할 일을 마치기를 기다립니다",
  nothingPlanned: "예정된 알림이 없습니다",
  waiting: "봇을 기다리는 중",
  next: (when) => `다음 알림 ${when}`,

  // a chat
  newMessage: "새 메시지 ↓",
  typing: "봇이 입력하는 중…",
  drop: "여기에 놓으면 봇에게 파일을 보냅니다",
  write: "메시지 쓰기",
  speaker: "보내는 사람",
  showCommands: "명령 보기",
  commands: "명령",
  sendFile: "파일 보내기",
  send: "보내기",
  confirm: "확인",
  group: "그룹",
  messageOf: (name) => `${name} 메시지`,
  startAgain: "차단 해제하고 다시 시작",
  start: "시작",
  block: "차단",
  blockOf: (name) => `${name} 님이 봇을 차단`,
  remove: "빼기",
  removeOf: (name) => `${name} 빼기`,
  leaves: (name) => `${name} 님의 텔레그램 계정이 없어진 것으로 봅니다. 봇은 다음에 보낼 때 그것을 알게 됩니다.`,
  groupEnds: (name) => `${name} 그룹에서 봇을 내보내고 화면에서 뺍니다.`,
  leadsOut: (url) => `연습장 밖으로 나가는 링크여서 열지 않습니다: ${url}`,
  empty: "아직 주고받은 메시지가 없습니다.",

  // a message
  service: {
    group_chat_created: "그룹이 만들어졌습니다.",
    migrate_to_chat_id: "이 그룹은 슈퍼그룹으로 바뀌었습니다.",
    migrate_from_chat_id: "그룹이 슈퍼그룹이 되었습니다.",
  },
  serviceOther: "대화방이 바뀌었습니다.",
  edited: "수정됨",
  picture: "봇이 보낸 그림",
  larger: "크게 보기",
  buttons: "버튼",
  history: (count) => `고치기 전 ${count}개`,
  spoiler: "가린 글 보기",
};
