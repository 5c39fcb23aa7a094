-- Gives a claimed session back for its worker.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 reason or ''  7 reason as JSON
--         8 1 if it was denied for good, else 0
-- Result  1 if given back now, 0 if before
-- Refuses UNKNOWN_SESSION, DAMAGED, WRONG_STATE (place, state), NOT_OWNER (owner or '')

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local as, w, may = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'LAST' or as == 'OWNER' and s.state ~= 'CLAIMED' then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
elseif as ~= 'OWNER' then
  if may and waits(s) and s.nacked_by == ARGV[3] then
    return { org.seq, 'OK', 0 }
  end
  return not_owner(s)
end
local plan = decide_return(s, 'nacked', ARGV[8] == '1')
expect('hash', AREA .. 'f:' .. s.id)

if w then
  sign_of_life(w)
end
s.last_sign = NOW
settle_accept(s)
if w then
  note_nack(w, s.claimed, ARGV[8] == '1')
end
event(s, 'NACKED', ARGV[3], ARGV[6])
if ARGV[6] ~= '' then
  call('HSET', AREA .. 'f:' .. s.id, 'error', ARGV[7])
  s.has_fields = '1'
end
give_back(s, w, plan)
write_session(s)
if w then
  write_worker(w)
end
commit()
return { org.seq, 'OK', 1 }
