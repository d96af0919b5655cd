"""What the specs need beside fogflow: a server that writes down, and the definitions they use."""
