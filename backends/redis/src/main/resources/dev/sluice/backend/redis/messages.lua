-- Lists the unacknowledged messages of a live session, or those that an ended one left, and the acknowledged ones.
--
-- ARGV    2 session  3 1 with the acknowledged ones, else 0
-- Result  id, content, ...; member, when last offered, ...; acknowledged messages (lib/inbox.lua)
-- Refuses UNKNOWN_SESSION, DAMAGED

local s, refusal = read_session(ARGV[2])
if refusal == 'DAMAGED' then
  return { org.seq, refusal }
end
local live = s and not over(s)
local messages = call('HGETALL', AREA .. (live and 'messages:' or 'archive:') .. ARGV[2])
if not s and #messages == 0 then
  return { org.seq, refusal }
end
-- A message was offered one visibility before the time until which it is hidden.
local offered = call('ZRANGE', AREA .. (live and 'offered:' or 'left:') .. ARGV[2], 0, -1, 'WITHSCORES')
for i = 2, #offered, 2 do
  offered[i] = format('%d', offered[i] - VISIBILITY_MS)
end
local acked = s and ARGV[3] == '1' and call('LRANGE', AREA .. 'acked:' .. s.id, -MAX_ACKED, -1) or {}
return { org.seq, 'OK', messages, offered, acked }
