-- The messages that a live session has not acknowledged, or those that an ended one left behind.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session
-- Result  seq, 'OK', messages (id, content, ...), of a live session when each was last offered
--         (u<id> or n<id>, time, ...)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session

local s, refusal = read_session(ARGV[2])
if s and not over(s) then
  -- What is hidden until then was offered one visibility before.
  expect('zset', AREA .. 'offered:' .. s.id)
  local offered = call('ZRANGE', AREA .. 'offered:' .. s.id, 0, -1, 'WITHSCORES')
  for i = 2, #offered, 2 do
    offered[i] = format('%d', offered[i] - VISIBILITY_MS)
  end
  return { org.seq, 'OK', call('HGETALL', AREA .. 'messages:' .. s.id), offered }
elseif refusal == 'DAMAGED' then
  return { org.seq, refusal }
end
local archive = call('HGETALL', AREA .. 'archive:' .. ARGV[2])
if not s and #archive == 0 then
  return { org.seq, refusal }
end
return { org.seq, 'OK', archive, {} }
