"""What `reading` found, kept: statements, people and the offices they held, remarks."""
