-- Lists the unacknowledged messages of a live session, or those that an ended one left, and the acknowledged ones. Texts
-- of the later messages are cut where all would fill a page.
--
-- ARGV    2 session  3 1 with the acknowledged ones, else 0
-- Result  id, content, ...; member, when last offered, ...; acknowledged messages (lib/inbox.lua)
-- Refuses UNKNOWN_SESSION, DAMAGED
function Functions.messages(args)
  local s, refusal = Sessions.read(args[2])
  if refusal == 'DAMAGED' then
    return { org.seq, refusal }
  end
  local live = s and not Sessions.over(s)
  local key, messages = AREA .. (live and 'messages:' or 'archive:') .. args[2], nil
  local stored = redis.pcall('HGET', AREA .. (live and 'texts' or 'archived'), args[2])
  if Offers.most_in_answer(tonumber(stored or 0) or 0) <= Rules.PAGE_BYTES then
    messages = call('HGETALL', key)
  else
    messages = {}
    local bytes = 0
    for _, id in ipairs(Inbox.by_age(call('HKEYS', key))) do
      local content = call('HGET', key, id)
      bytes = bytes + Offers.answer_bytes(args[2], content)
      messages[#messages + 1], messages[#messages + 2] = id, bytes <= Rules.PAGE_BYTES and content or Inbox.excerpt(content)
    end
  end
  if not s and #messages == 0 then
    return { org.seq, refusal }
  end
  -- A message was offered one visibility before the time until which it is hidden.
  local offered = call('ZRANGE', AREA .. (live and 'offered:' or 'left:') .. args[2], 0, -1, 'WITHSCORES')
  for i = 2, #offered, 2 do
    offered[i] = format('%d', offered[i] - Rules.VISIBILITY_MS)
  end
  local acked = s and args[3] == '1' and call('LRANGE', AREA .. 'acked:' .. s.id, -Rules.MAX_ACKED, -1) or {}
  return { org.seq, 'OK', messages, offered, acked }
end
