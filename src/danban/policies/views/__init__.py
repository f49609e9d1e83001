"""Officers' screens of dossiers and their versions."""
