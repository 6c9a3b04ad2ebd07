"""What both wings stand on: a project's place, cells no spreadsheet runs, characters nobody sees. Only the standard library."""
