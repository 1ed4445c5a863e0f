"""Files -> text: one file per format, all giving the same lines with tab-separated table rows."""
