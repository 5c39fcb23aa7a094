-- Sends a message to a live session.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 lane: urgent or normal  4 content  5 1 for a nudge, else 0
--         and the audit line (lib/audit.lua)
-- Result  seq, 'OK', id of the message
--      or seq, 'UNKNOWN_SESSION', 'DAMAGED', 'WRONG_STATE' or 'INBOX_FULL'
--
-- USES org audit worker workers session inbox post

local s, refusal = read_session(ARGV[2])
if not s then
  return { org.seq, refusal }
end
if over(s) or s.state == 'STOPPED' then
  return { org.seq, 'WRONG_STATE' }
end
if tonumber(s.unacked) >= MAX_UNACKED then
  return { org.seq, 'INBOX_FULL' }
end
check_post(s)
check_audit()
local w = s.place == 'CLAIMED' and read_worker(s.owner)

local id = post(s, w, ARGV[3], ARGV[4], ARGV[5] == '1')
write_session(s)
if w then
  write_worker(w)
end
audit()
commit()
return { org.seq, 'OK', id }
