-- A sign of life of a session by its owner.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 session  3 holder  4 credential the caller is bound to, or ''
--         5 token or 0
-- Result  seq, 'OK', session (lib/reply.lua)
--      or seq, 'UNKNOWN_SESSION' or 'DAMAGED'; or seq, 'NOT_OWNER', owner or ''
--
-- USES org worker workers session sessions event_line event owner reply

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
local fields = fields_of(s)
local plan, come_back
if as == 'LOST' then
  -- INSERT order bucket project issue queue slots token taking
  check_slot(s, w.id)
  plan = decide_leave(s, 'claim')
  come_back = take
end

act(s, as, w, come_back, plan)
if as ~= 'LAST' then
  if not in_grace(s) then
    s.updated = NOW
  end
  write_session(s)
end
if w then
  write_worker(w)
end
if w or as ~= 'LAST' then
  commit()
end
return { org.seq, 'OK', session_reply(s, fields, 0) }
