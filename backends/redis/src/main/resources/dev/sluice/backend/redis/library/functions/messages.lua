-- The messages of a session.

-- Returns the messages of a hash: id, content, ... `bytes`: their size by StoredBytes. The texts of the later ones are
-- cut where all would fill a page.
local function read_messages(key, session, bytes)
  if Offers.most_in_answer(bytes) <= Rules.PAGE_BYTES then
    return call('HGETALL', key)
  end
  local messages, answered = {}, 0
  for _, id in ipairs(Inbox.by_age(call('HKEYS', key))) do
    local content = call('HGET', key, id)
    answered = answered + Offers.answer_bytes(session, content)
    Pages.append(messages, id, answered <= Rules.PAGE_BYTES and content or Inbox.excerpt(content))
  end
  return messages
end

-- Lists the unacknowledged messages of a live session, or those that an ended one left, and the acknowledged ones.
--
-- Arguments  2 session  3 1 with the acknowledged ones, else 0
-- Result  id, content, ...; member, when last offered, ...; acknowledged messages (rules/inbox.lua)
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.messages(args)
  local session, with_acked = args[2], args[3] == '1'
  local s, refusal = Sessions.read(session)
  if refusal == 'DAMAGED' then
    return { org.seq, refusal }
  end
  local kinds = s and not Sessions.over(s) and { 'texts', 'messages:', 'offered:' } or { 'archived', 'archive:', 'left:' }
  local stored = redis.pcall('HGET', AREA .. kinds[1], session)
  local messages = read_messages(AREA .. kinds[2] .. session, session, tonumber(stored or 0) or 0)
  if not s and #messages == 0 then
    return { org.seq, refusal }
  end
  local offered = call('ZRANGE', AREA .. kinds[3] .. session, 0, -1, 'WITHSCORES')
  for i = 2, #offered, 2 do
    offered[i] = Inbox.offered_at(offered[i])
  end
  return { org.seq, 'OK', messages, offered, s and with_acked and Inbox.acked(session) or {} }
end
