"""The central server: FastAPI over SQLAlchemy Core, on SQLite or PostgreSQL."""
