-- The end of a session.
--
--   {org}:urgent:<session>, {org}:normal:<session>  its unread messages: id -> sequence number
--   {org}:offered:<session>                         u<id> or n<id> -> when it is unread again
--   {org}:messages:<session>                        hash: id -> message, made and read by callers

-- Its messages go, and its set of capabilities; refs_of was asked before. It has left its slot or
-- its bucket; state and times are the caller's.
local function end_session(s)
  count(s.place, -1)
  s.place = 'ENDED'
  if s.unacked ~= '0' then
    call('UNLINK', AREA .. 'urgent:' .. s.id, AREA .. 'normal:' .. s.id, AREA .. 'offered:' .. s.id,
      AREA .. 'messages:' .. s.id)
  end
  s.unacked = '0'
  s.stop = ''
  change_refs(s.set, -1)
end
