"""The tree of blocks of a document, and what a block passes on to what stands below it (문서 구조)."""
