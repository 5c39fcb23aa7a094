-- The audit lines of an org: who did what, and why.
--
--   {org}:audit  sorted set: id US time US actor US verb US object US detail US reason -> id, which is
--                the sequence number of its step
--
-- A script that leaves one is given it as its last arguments: actor, verb, object, detail, reason. No
-- actor, no line. The detail may hold one %s, which stands for what the step finds.

-- To be called while deciding: an act whose line can't be written must not be.
local function check_audit()
  expect('zset', AREA .. 'audit')
end

-- Leaves the line in the step, which takes its sequence number then. Answers it.
local function audit(found)
  local last = #ARGV
  local actor, detail = ARGV[last - 4], ARGV[last - 1]
  if actor == '' then
    return nil
  end
  local id = format('%d', org.seq + 1)
  local line = id .. '\31' .. NOW .. '\31' .. actor .. '\31' .. ARGV[last - 3] .. '\31' .. ARGV[last - 2] .. '\31'
    .. (found and format(detail, found) or detail) .. '\31' .. ARGV[last]
  call('ZADD', AREA .. 'audit', id, line)
  return line
end
