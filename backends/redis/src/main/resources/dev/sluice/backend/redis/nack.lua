-- A worker gives a claimed session back.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0
-- Result  seq, 'OK', 1 given back now or 0 before
--      or seq, 'UNKNOWN_SESSION', 'DAMAGED' or 'WRONG_STATE'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session owner order bucket queue slots count returning

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'LAST' or as == 'OWNER' and s.state ~= 'CLAIMED' then
  return { org.seq, 'WRONG_STATE' }
elseif as ~= 'OWNER' then
  local bound = ARGV[4] == '' or w and w.registered_by == ARGV[4]
  if bound and waits(s) and s.nacked_by == ARGV[3] then
    return { org.seq, 'OK', 0 }
  end
  return not_owner(s)
end
check_slot(s, ARGV[3])
local put = decide_put('returned', s)
expect('zset', AREA .. 'due')
expect('zset', AREA .. 'returns:' .. ARGV[3])

if w then
  sign_of_life(w)
end
give_back(s, w, put, 'RETURNED')
s.nacks = format('%d', s.nacks + 1)
s.nacked_by = ARGV[3]
s.return_until = format('%d', now + NACK_BACKOFF_MS)
call('ZADD', AREA .. 'due', s.return_until, 'returned\31' .. s.id)
call('ZADD', AREA .. 'returns:' .. ARGV[3], s.return_until, s.id)
if org.due == '0' or now + NACK_BACKOFF_MS < org.due + 0 then
  org.due = s.return_until
end
write_session(s)
if w then
  write_worker(w)
end
commit()
return { org.seq, 'OK', 1 }
