"""What happens in the house, for many: written, published, and in people's calendars."""
