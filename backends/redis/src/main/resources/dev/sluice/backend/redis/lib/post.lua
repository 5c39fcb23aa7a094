-- Stores a message and answers its id. `w` is the record of the owner, if there is one.
local function post(s, w, lane, content, nudge)
  local number = format('%d', org.seq + 1)
  local id = NOW .. '-' .. number
  call('HSET', AREA .. 'messages:' .. s.id, id, content)
  call('ZADD', AREA .. lane .. ':' .. s.id, number, id)
  call('ZADD', AREA .. 'lane:' .. lane, number, id .. '\31' .. s.id)
  if nudge then
    call('ZADD', AREA .. 'nudges:' .. s.id, '0', sub(lane, 1, 1) .. id)
  end
  s.unacked = format('%d', s.unacked + 1)
  count_texts(s, bytes_of_message(content))
  if w then
    call('ZADD', AREA .. 'mail:' .. w.id, 0, s.id)
    w.mail = '0'
    hint('M', w.id)
  end
  return id
end
