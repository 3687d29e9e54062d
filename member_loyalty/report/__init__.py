"""What leaves the database: files for people, figures for boards."""
