package gradebook
