#!/usr/bin/env dnsjit
-- Counts the records of every DNS message: what dnsjit's own objects decode, through libpcap.
local capture = arg[2]
require("dnsjit.core.objects")
local input = require("dnsjit.input.pcap").new()
input:open_offline(capture)
local layer = require("dnsjit.filter.layer").new()
layer:producer(input)
local next_object, context = layer:produce()
local message = require("dnsjit.core.object.dns").new()
local question = require("dnsjit.core.object.dns.q").new()
local record = require("dnsjit.core.object.dns.rr").new()
local labels = require("dnsjit.core.object.dns.label").new(128)

-- decode(): the records of the message at hand, as far as they can be read.
local function decode()
    for _ = 1, message.qdcount do
        if message:parse_q(question, labels, 127) ~= 0 then return 0 end
    end
    local announced = message.ancount + message.nscount + message.arcount
    for index = 1, announced do
        if message:parse_rr(record, labels, 127) ~= 0 then return index - 1 end
    end
    return announced
end

local messages, records = 0, 0
local object = next_object(context)
while object ~= nil do
    if object:type() == "payload" and object:cast().len > 0 then
        message.obj_prev = object
        if message:parse_header() == 0 then
            messages = messages + 1
            records = records + decode()
        end
    end
    object = next_object(context)
end
print(messages .. " messages, " .. records .. " records")
