-- Orders, and pages of sorted sets whose members of the same score are in byte order.

-- Compares unsigned bytes. Lua's < follows the server's locale.
function Pages.bytes_before(a, b)
  local x, y, i = 0, 0, 0
  repeat
    i = i + 1
    x, y = string.byte(a, i), string.byte(b, i)
  until x ~= y or not x
  return (x or -1) < (y or -1)
end

-- Compares entries (project.lua). Digits have the same order in every locale.
function Pages.entry_before(a, b)
  local x, y = sub(a, 1, 16), sub(b, 1, 16)
  if x == y then
    return Pages.bytes_before(a, b)
  end
  return x < y
end

-- Returns the rank of the first member after (number, name), or of the first of all if `name` is ''. `before` counts
-- the members before it instead. A binary search among members of the same score.
function Pages.rank_behind(key, number, name, before)
  if name == '' then
    return before and call('ZCARD', key) or 0
  end
  local low, high = call('ZCOUNT', key, '-inf', '(' .. number), call('ZCOUNT', key, '-inf', number)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local member = call('ZRANGE', key, middle, middle)[1]
    if Pages.bytes_before(member, name) or not before and member == name then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- Returns up to `limit` members after (number, name): member, score, ... And true if more follow.
function Pages.up(key, number, name, limit)
  local from = Pages.rank_behind(key, number, name, false)
  local list = call('ZRANGE', key, from, from + limit, 'WITHSCORES')
  local more = #list > 2 * limit
  if more then
    list[#list], list[#list - 1] = nil, nil
  end
  return list, more
end

-- Returns the page before (number, name), the last member first.
function Pages.down(key, number, name, limit)
  local to = Pages.rank_behind(key, number, name, true)
  local first = math.max(0, to - limit)
  local some = to > 0 and call('ZRANGE', key, first, to - 1, 'WITHSCORES') or {}
  local list = {}
  for i = #some - 1, 1, -2 do
    list[#list + 1], list[#list + 2] = some[i], some[i + 1]
  end
  return list, first > 0
end
