-- The audit lines of an org: who did what, and why.
--
--   {org}:audit             sorted set: id US time US actor US verb US object US detail US reason -> id,
--                           which is the sequence number of its step. The time is when it was done
--                           first; where that was repeated at once, + how often + when last
--   {org}:audit-of:<actor>  sorted set: ids of the lines of that actor -> the same
--   {org}:audit-actors      sorted set: actor -> how many lines
--
-- A script that leaves one is given it as its last arguments: actor, verb, object, detail, reason. No
-- actor, no line. The detail may hold one %s, which stands for what the step finds.

-- To be called while deciding: an act whose line can't be written must not be.
local function check_audit()
  expect('zset', AREA .. 'audit')
  expect('zset', AREA .. 'audit-actors')
  expect('zset', AREA .. 'audit-of:' .. ARGV[#ARGV - 4])
end

-- Leaves the line in the step, which takes its sequence number then. Answers it.
local function audit(found)
  local last = #ARGV
  local actor, detail = ARGV[last - 4], ARGV[last - 1]
  if actor == '' then
    return nil
  end
  local act = actor .. '\31' .. ARGV[last - 3] .. '\31' .. ARGV[last - 2] .. '\31'
    .. (found and format(detail, found) or detail) .. '\31' .. ARGV[last]
  local trail, of = AREA .. 'audit', AREA .. 'audit-of:' .. actor
  local latest = call('ZRANGE', trail, -1, -1)[1]
  local id, at, times, same = match(latest or '', '^(%d+)\31(%d+)%+?(%d*)[%d+]*\31(.*)$')
  if same == act then
    call('ZREM', trail, latest)
    at = at .. '+' .. (times == '' and 2 or format('%d', times + 1)) .. '+' .. NOW
  else
    id, at = format('%d', org.seq + 1), NOW
    call('ZADD', of, id, id)
    call('ZADD', AREA .. 'audit-actors', call('ZCARD', of), actor)
  end
  local line = id .. '\31' .. at .. '\31' .. act
  call('ZADD', trail, id, line)
  return line
end
