"""How central's pages look and speak: one frame, one style sheet, words from the catalogues."""
