-- Runs the script named on the command line once for each line that comes: starting pandoc is paid for once.
local script = assert(loadfile(arg[1]))
while io.read(0) do
  script()
  io.flush()
end
