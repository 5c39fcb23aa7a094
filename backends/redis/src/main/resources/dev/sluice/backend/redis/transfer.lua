-- Hands a claim over to another worker.
--
-- ARGV    2 session  3 old worker  4 new worker  5 credential of the caller or ''
--         6 1 if the caller may speak for the old worker, else 0
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, UNKNOWN_WORKER (its id), WRONG_STATE (place, state), NOT_OWNER (owner or '')

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local w = known_worker(ARGV[4], ARGV[5])
if not w then
  return { org.seq, 'UNKNOWN_WORKER', ARGV[4] }
end
local old = read_worker(ARGV[3])
if old and not may_act_for(old, ARGV[5]) then
  return not_owner(s)
end
if in_grace(s) or over(s) then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
end
local may_lose = not old or ARGV[6] == '1' or old.retired == '1' or old.silent == '1'
local fields = fields_of(s)
local how, plan
if s.place == 'CLAIMED' and s.owner == w.id then
  how = 'NOTHING'
elseif not may_lose then
  return not_owner(s)
elseif s.place == 'CLAIMED' and s.owner == ARGV[3] then
  how = 'CLAIM'
  check_slot(s, s.owner)
  check_slot(s, w.id)
elseif waits(s) and lost_it(s, ARGV[3], '0') then
  how = 'LOST'
  check_slot(s, w.id)
  plan = decide_leave(s, 'claim')
else
  return not_owner(s)
end

sign_of_life(w)
if how == 'LOST' then
  take(s, w, plan, true)
elseif how == 'CLAIM' then
  hand_over(s, old, w)
end
if how ~= 'NOTHING' then
  event(s, 'TRANSFERRED', w.id, ARGV[3])
  write_session(s)
end
write_worker(w)
commit()
return { org.seq, 'OK', session_reply(s, fields, 0) }
