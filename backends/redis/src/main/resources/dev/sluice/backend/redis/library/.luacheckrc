-- For luacheck of the joined library (LuaFunctionTest): its files share the local names of head.lua.

-- Names of Redis 7.0 that the library may use. No other global name may be read, and none be set.
std = "none"
local function with(...)
  local fields = {}
  for _, name in ipairs({ ... }) do
    fields[name] = {}
  end
  return { fields = fields, other_fields = false }
end
read_globals = {
  redis = with("register_function", "call", "pcall", "error_reply", "status_reply", "sha1hex", "log", "LOG_DEBUG",
    "LOG_VERBOSE", "LOG_NOTICE", "LOG_WARNING", "setresp", "set_repl", "REPL_ALL", "REPL_AOF", "REPL_REPLICA",
    "REPL_SLAVE", "REPL_NONE", "acl_check_cmd", "REDIS_VERSION", "REDIS_VERSION_NUM"),
  string = with("byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub",
    "upper"),
  table = with("concat", "getn", "insert", "maxn", "remove", "sort"),
  math = with("abs", "ceil", "floor", "fmod", "huge", "log", "max", "min", "modf", "pow", "random", "randomseed", "sqrt"),
  cjson = with("decode", "encode", "null"),
  cmsgpack = with("pack", "unpack"),
  bit = with("arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror", "rshift", "tobit", "tohex"),
  struct = with("pack", "size", "unpack"),
  "assert", "collectgarbage", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "select",
  "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall",
}

-- Functions that are registered in one way have the same parameters.
unused_args = false

-- 1: names that aren't defined. 2: names that aren't used. 5: code without an effect. 3 (values that aren't used) and 4
-- (names that hide others) may follow when the files are free of them.
only = { "1", "2", "5" }
