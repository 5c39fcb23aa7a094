-- A page of the waiting work of a project, each with what says why it waits, without their items.
--
-- KEYS    1 {org}:org
-- ARGV    as of list_work.lua
-- Result  seq, 'OK', for each: session (lib/reply.lua), session of its issue that goes first or '', 1 if
--         that one is claimed or 0; number and id that the page ends with if more follow, else '', '';
--         queue (lib/queue_reply.lua)
--
-- USES org session sessions row order page bucket project refs position waiting reply first_of oldest queue_reply

local project, place = ARGV[2], ARGV[3]
local ids, numbers, more = waiting_page(project, place, ARGV[4], ARGV[5], ARGV[6] + 0)
local list, bytes, last = {}, 0, #ids
local first = first_position(project, place, ids, numbers)
for i = 1, #ids do
  local s = read_row(ids[i])
  if s and stands_in(s, project, place) then
    local reply = session_reply(s, fields_of(s), position_in(s, place, first, i))
    bytes = bytes + reply_bytes(reply)
    if #list > 0 and bytes > PAGE_BYTES then
      more, last = true, i - 1
      break
    end
    local behind, claimed = first_of_issue(s)
    list[#list + 1] = { reply, behind, claimed }
  end
end
return { org.seq, 'OK', list, more and numbers[last] or '', more and ids[last] or '',
  queue_reply(project_of(project)) }
