-- Pages of sorted sets whose members of the same score are in the order of their bytes.

-- The rank of the first member behind (number, name), or of the first at all where `name` is empty;
-- with `before`, how many come before it. Binary search among those of the same number.
local function rank_behind(key, number, name, before)
  if name == '' then
    return before and call('ZCARD', key) or 0
  end
  local low, high = call('ZCOUNT', key, '-inf', '(' .. number), call('ZCOUNT', key, '-inf', number)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local member = call('ZRANGE', key, middle, middle)[1]
    if bytes_before(member, name) or not before and member == name then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- Up to `limit` members behind (number, name), with their scores: member, score, ... And whether
-- more follow.
local function page_up(key, number, name, limit)
  local from = rank_behind(key, number, name, false)
  local list = call('ZRANGE', key, from, from + limit, 'WITHSCORES')
  local more = #list > 2 * limit
  if more then
    list[#list], list[#list - 1] = nil, nil
  end
  return list, more
end

-- The same downwards, from the last one on.
local function page_down(key, number, name, limit)
  local to = rank_behind(key, number, name, true)
  local first = math.max(0, to - limit)
  local some = to > 0 and call('ZRANGE', key, first, to - 1, 'WITHSCORES') or {}
  local list = {}
  for i = #some - 1, 1, -2 do
    list[#list + 1], list[#list + 2] = some[i], some[i + 1]
  end
  return list, first > 0
end
