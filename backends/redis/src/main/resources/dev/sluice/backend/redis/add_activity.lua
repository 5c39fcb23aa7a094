-- Adds an activity to a session: a sign of life of its owner.
--
-- ARGV    2 session  3 worker  4 credential of the caller or ''  5 token or 0  6 type  7 body  8 tool or ''
--         9 ... fields: name, value, ...
-- Result  id, time, session
-- Refuses UNKNOWN_SESSION, DAMAGED, STORE_FULL, NOT_OWNER (owner or '')

local FIELDS = 9

local s, refusal = read_session(ARGV[2], true)
if not s then
  return { org.seq, refusal }
end
local as, w = relation(s, ARGV[3], ARGV[4], ARGV[5])
if as == 'NONE' then
  return not_owner(s)
end
expect('list', AREA .. 'a:' .. s.id)
expect('hash', AREA .. 'said')
if org.bytes + LINE_BYTES + 1 + #ARGV[6] + #ARGV[7] > MAX_BYTES then
  return { org.seq, 'STORE_FULL' }
end
local fields = fields_of(s)
local counts = as ~= 'LAST' and not in_grace(s)
local merges = counts and #ARGV >= FIELDS
if merges then
  expect('hash', AREA .. 'f:' .. s.id)
end
local reattach
if as == 'LOST' then
  -- INSERT
  reattach = decide_reattach(s, w)
end

act(s, as, w, reattach)
if counts then
  s.updated = NOW
  if ARGV[8] ~= '' then
    s.tools = ARGV[8] .. '\29' .. NOW .. '\29' .. format('%d', (match(s.tools, '\29(%d+)$') or 0) + 1)
  end
end
if merges then
  merge_fields(s, fields, FIELDS)
end
keep_activity(s, format('%d', s.activities + 1), NOW, ARGV[6], ARGV[7])
commit_act(s, w, true)
return { org.seq, 'OK', s.activities, NOW, session_reply(s, fields, 0) }
