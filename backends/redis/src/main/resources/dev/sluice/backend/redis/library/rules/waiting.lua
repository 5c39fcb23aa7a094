-- Lists of the waiting work of a project, and positions in it.

-- Returns the 1-based position of ready or returned work in its project; 0 beyond EXACT_POSITION and in other places.
function Waiting.position_of(s)
  if s.place ~= 'READY' and s.place ~= 'RETURNED' then
    return 0
  end
  local up_to = '(' .. s.score .. '\31' .. s.id
  local ahead = 0
  for _, set_id in ipairs((Sets.of_project(s.project))) do
    for _, kind in ipairs(org.returned == '0' and { 'ready' } or { 'ready', 'returned' }) do
      -- pcall: may be called after writes; a bucket of another type holds no work.
      local n = redis.pcall('ZLEXCOUNT', AREA .. kind .. ':' .. set_id .. ':' .. s.project, '-', up_to)
      ahead = ahead + (type(n) == 'number' and n or 0)
      if ahead >= Rules.EXACT_POSITION then
        return 0
      end
    end
  end
  return ahead + 1
end

-- Merges sets of entries into a page: ids, scores of 16 digits, and true if more follow.
function Waiting.page_of_entries(keys, number, name, limit)
  local from = name == '' and '-' or '(' .. number .. '\31' .. name
  local some = math.min(limit + 1, 100)
  local lists = {}
  local function fill(list)
    list.entries = call('ZRANGEBYLEX', list.key, list.from, '+', 'LIMIT', 0, some)
    list.at = 1
    list.from = #list.entries > 0 and '(' .. list.entries[#list.entries]
  end
  for _, key in ipairs(keys) do
    local list = { key = key, from = from }
    fill(list)
    if list.from then
      lists[#lists + 1] = list
    end
  end
  local ids, numbers = {}, {}
  while true do
    local best
    for i = 1, #lists do
      local list = lists[i]
      if list.at > #list.entries and list.from then
        fill(list)
      end
      local entry = list.entries[list.at]
      if entry and (not best or Pages.entry_before(entry, best.entries[best.at])) then
        best = list
      end
    end
    if not best or #ids == limit then
      return ids, numbers, best ~= nil
    end
    local entry = best.entries[best.at]
    best.at = best.at + 1
    ids[#ids + 1], numbers[#numbers + 1] = sub(entry, 18), sub(entry, 1, 16)
  end
end

function Waiting.buckets_of(project, kinds)
  local keys = {}
  for _, set_id in ipairs((Sets.of_project(project))) do
    for _, kind in ipairs(kinds) do
      keys[#keys + 1] = AREA .. kind .. ':' .. set_id .. ':' .. project
    end
  end
  return keys
end

-- Returns a page of the work in a place after (number, name): ids, numbers of their order, and true if more follow.
-- READY includes returned work.
function Waiting.page(project, place, number, name, limit)
  if place == 'LATER' then
    local list, more = Pages.up(AREA .. 'later:' .. project, number, name, limit)
    local ids, numbers = {}, {}
    for i = 1, #list, 2 do
      ids[#ids + 1], numbers[#numbers + 1] = list[i], list[i + 1]
    end
    return ids, numbers, more
  end
  local keys = place == 'PARKED' and { AREA .. 'parked:' .. project }
    or Waiting.buckets_of(project, place == 'READY' and { 'ready', 'returned' } or { 'returned' })
  return Waiting.page_of_entries(keys, number, name, limit)
end

-- Answers a page of waiting work: an `entry(s, reply)` for each session that `read` reads, number and id of the last one
-- if more follow, else '', ''. The script's arguments: project, place, number and id of the last entry before the page
-- or '', limit.
function Waiting.answer(args, read, entry)
  local project, place = args[2], args[3]
  local ids, numbers, more = Waiting.page(project, place, args[4], args[5], args[6] + 0)
  local first = place == 'READY' and ids[1]
    and Waiting.position_of({ place = place, project = project, score = numbers[1], id = ids[1] }) or 0
  local list, last = Sessions.fill_page(ids, 1, more, function(id, i)
    local s = read(id)
    if not s or s.project ~= project or s.place ~= place and (place ~= 'READY' or s.place ~= 'RETURNED') then
      return nil
    end
    local position = first > 0 and first + i - 1 or 0
    if place == 'RETURNED' then
      position = Waiting.position_of(s)
    elseif position > Rules.EXACT_POSITION then
      position = 0
    end
    local reply = Sessions.reply(s, Sessions.fields_of(s), position)
    return reply, entry(s, reply)
  end)
  return { org.seq, 'OK', list, last and numbers[last] or '', last and ids[last] or '' }
end

-- Returns the session that parked work waits for, '' for other work and if that session is of another project, as in
-- layout 7; and 1 if it is claimed, else 0.
function Waiting.first_of_issue(s)
  if s.place ~= 'PARKED' then
    return '', 0
  end
  local key, first = Issues.lock_of(call, s.issue, s.project, '0')
  local id = first[1] and sub(first[1], 18) or ''
  if id ~= '' and key == AREA .. 'i:' .. s.issue then
    local other = Sessions.read(id)
    id = other and other.project == s.project and id or ''
  end
  return id, first[2] == '-1' and 1 or 0
end
