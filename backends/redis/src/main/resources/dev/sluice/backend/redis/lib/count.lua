-- Counts kept by place.

local function count(place, by)
  local field = place == 'READY' and 'ready' or place == 'RETURNED' and 'returned' or 'claimed'
  org[field] = format('%d', org[field] + by)
end
