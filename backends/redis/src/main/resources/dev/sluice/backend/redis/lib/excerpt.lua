-- What is shown of a message where its text is cut.

-- The content of a message (lib/ending.lua) with its text cut: Message.excerpt.
local function excerpt(content)
  local head = find(content, '\n', 1, true) or 0
  local stop = head + EXCERPT_BYTES
  if #content <= stop then
    return content
  end
  -- The byte behind begins a character.
  while find(sub(content, stop + 1, stop + 1), '^[\128-\191]') do
    stop = stop - 1
  end
  return sub(content, 1, stop) .. CUT
end

-- When a message was last offered that is hidden until then, or 0 for none: one visibility before.
local function offered_at(hidden_until)
  return hidden_until and format('%d', hidden_until - VISIBILITY_MS) or '0'
end
