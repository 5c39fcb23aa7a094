-- Pages of the waiting work of a project.

-- Pages of merged buckets, or of one set like them: entries of the same score 0 in the order of
-- hand-out. Answers ids, their scores with 16 digits, and whether more follow.
local function page_of_entries(keys, number, name, limit)
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
      if entry and (not best or entry_before(entry, best.entries[best.at])) then
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

local function buckets_of(project, kinds)
  local keys = {}
  for _, set_id in ipairs((sets_of(project))) do
    for _, kind in ipairs(kinds) do
      keys[#keys + 1] = AREA .. kind .. ':' .. set_id .. ':' .. project
    end
  end
  return keys
end

-- A page of the work in that place behind (number, name): ids, the numbers of their order, and whether
-- more follow. READY is all that is in order, returned work too.
local function waiting_page(project, place, number, name, limit)
  if place == 'LATER' then
    local list, more = page_up(AREA .. 'later:' .. project, number, name, limit)
    local ids, numbers = {}, {}
    for i = 1, #list, 2 do
      ids[#ids + 1], numbers[#numbers + 1] = list[i], list[i + 1]
    end
    return ids, numbers, more
  end
  local keys = place == 'PARKED' and { AREA .. 'parked:' .. project }
    or buckets_of(project, place == 'READY' and { 'ready', 'returned' } or { 'returned' })
  return page_of_entries(keys, number, name, limit)
end

-- Whether a session stands in such a list.
local function stands_in(s, project, place)
  return s.project == project
    and (s.place == place or place == 'READY' and s.place == 'RETURNED')
end

-- The position of the first one of a page; 0 where it has none.
local function first_position(project, place, ids, numbers)
  if place ~= 'READY' or #ids == 0 then
    return 0
  end
  return position_of({ place = place, project = project, score = numbers[1], id = ids[1] })
end

-- The position of the one that stands `i`th on a page whose first one has that position.
local function position_in(s, place, first, i)
  if place == 'RETURNED' then
    return position_of(s)
  end
  local at = first > 0 and first + i - 1 or 0
  return at <= EXACT_POSITION and at or 0
end
