-- What Redis gives to Lua, and what head.lua shares.
std = "none"
max_line_length = 140
unused_args = false
read_globals = { "redis", "cmsgpack", "cjson", "string", "table", "math", "pcall", "error", "type", "tostring", "tonumber",
  "pairs", "ipairs", "next", "unpack", "LIBRARY", "Rules" }
