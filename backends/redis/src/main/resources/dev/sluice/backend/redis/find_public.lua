-- The session that has that other name, live or ended.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 name
-- Result  seq, 'OK', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION'; or seq, 'DAMAGED', session
--
-- USES org session sessions reply

local id = call('GET', AREA .. 'n:' .. ARGV[2])
if not id then
  return { org.seq, 'UNKNOWN_SESSION' }
end
local s = read_session(id, true)
if not s then
  -- The name goes with the record.
  return { org.seq, 'DAMAGED', id }
end
local position = 0
if waits(s) then
  -- INSERT project refs position
  position = position_of(s)
end
return { org.seq, 'OK', session_reply(s, fields_of(s), position) }
