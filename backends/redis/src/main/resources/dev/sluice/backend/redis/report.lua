-- A status report of a session's owner.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 reported state
--         7 what it does in each state: STATE:TRANSITION, parted by blanks
--         8 whether it is terminal, 0 or 1  9 whether it lets go of a stopped session, 0 or 1
--         10 ... fields: name, value, ...
-- Result  seq, 'OK', transition, whether re-attached, session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session owner reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
local state = as == 'LOST' and 'CLAIMED' or s.state
local transition = match(ARGV[7], state .. ':(%u+)')
local advances = transition == 'ADVANCE'
local merges = (advances or transition == 'MERGE') and #ARGV > 9
local ends = advances and ARGV[8] == '1' or in_grace(s) and ARGV[9] == '1'

local fields = fields_of(s)
local take, come_back, finish
if as == 'LOST' then
  -- INSERT order bucket queue slots claim count reattach
  check_slot(s, w.id)
  take = decide_leave_queue(s)
  come_back = reattach
end
if ends then
  -- INSERT slots count refs ending
  check_slot(s, ARGV[3])
  refs_of(s.set)
  finish = function()
    leave_slot(w, s)
    end_session(s)
  end
end
if merges then
  expect('hash', AREA .. 'f:' .. s.id)
end

if w then
  sign_of_life(w)
end
if come_back then
  come_back(s, w, take)
elseif as == 'OWNER' then
  s.accept_by = '0'
end
if advances or transition == 'MERGE' then
  s.updated = NOW
end
if advances then
  s.state = ARGV[6]
  if s.state == 'RUNNING' and s.started == '0' then
    s.started = NOW
  end
  if ends then
    s.ended = NOW
  end
end
if merges then
  for i = 10, #ARGV, 1000 do
    call('HSET', AREA .. 'f:' .. s.id, unpack(ARGV, i, math.min(i + 999, #ARGV)))
  end
  for i = 10, #ARGV do
    fields[#fields + 1] = ARGV[i]
  end
  s.has_fields = '1'
end
if finish then
  finish()
end
if as ~= 'LAST' then
  write_session(s)
end
if w then
  write_worker(w)
  commit()
end
return { org.seq, 'OK', transition, come_back and 1 or 0, session_reply(s, fields, 0) }
