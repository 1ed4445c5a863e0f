"""What was registered wrongly is put right: withdrawn, merged, edited, split, renamed. Every step is in the log and can be taken
back; what a settled quarter was settled with stays (`/correct`)."""
