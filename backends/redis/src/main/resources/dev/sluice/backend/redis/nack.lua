-- A worker gives a claimed session back.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0  6 reason or ''  7 the same as JSON
-- Result  seq, 'OK', 1 given back now or 0 before
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'WRONG_STATE', place, state;
--      or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session sessions event_line event owner order bucket project issue queue slots refs ending returning

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'LAST' or as == 'OWNER' and s.state ~= 'CLAIMED' then
  return { org.seq, 'WRONG_STATE', s.place, s.state }
elseif as ~= 'OWNER' then
  local may = not w and ARGV[4] == '' or w and (ARGV[4] == '' or w.registered_by == ARGV[4]) and not revoked(w)
  if may and waits(s) and s.nacked_by == ARGV[3] then
    return { org.seq, 'OK', 0 }
  end
  return not_owner(s)
end
local plan = decide_return(s, 'nacked')
expect('hash', AREA .. 'f:' .. s.id)

if w then
  sign_of_life(w)
end
accept(s, w)
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
