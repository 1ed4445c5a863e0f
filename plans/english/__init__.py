"""English plans: action plans, delivery plans and trackers of councils abroad, as Korean ones are read elsewhere (영어 문서)."""
