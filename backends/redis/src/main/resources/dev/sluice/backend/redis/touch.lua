-- Records a sign of life of a session by its owner.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0
-- Result  session
-- Refuses UNKNOWN_SESSION, DAMAGED, NOT_OWNER (owner or '')

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
local fields = fields_of(s)
local reattach
if as == 'LOST' then
  -- INSERT
  reattach = decide_reattach(s, w)
end

act(s, as, w, reattach)
if as ~= 'LAST' and not in_grace(s) then
  s.updated = NOW
end
commit_act(s, w, as ~= 'LAST')
return { org.seq, 'OK', session_reply(s, fields, 0) }
