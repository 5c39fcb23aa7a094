-- The messages that a live session has not acknowledged, or those that an ended one left behind; and
-- what was acknowledged.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 1 for what was acknowledged too, else 0
-- Result  seq, 'OK', messages (id, content, ...), when each was last offered (u<id> or n<id>, time, ...),
--         lines of those acknowledged (lib/ending.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'
--
-- USES org session sessions

local s, refusal = read_session(ARGV[2])
if refusal == 'DAMAGED' then
  return { org.seq, refusal }
end
local live = s and not over(s)
local messages = call('HGETALL', AREA .. (live and 'messages:' or 'archive:') .. ARGV[2])
if not s and #messages == 0 then
  return { org.seq, refusal }
end
-- What is hidden until then was offered one visibility before.
local offered = call('ZRANGE', AREA .. (live and 'offered:' or 'left:') .. ARGV[2], 0, -1, 'WITHSCORES')
for i = 2, #offered, 2 do
  offered[i] = format('%d', offered[i] - VISIBILITY_MS)
end
local acked = s and ARGV[3] == '1' and call('LRANGE', AREA .. 'acked:' .. s.id, -MAX_ACKED, -1) or {}
return { org.seq, 'OK', messages, offered, acked }
