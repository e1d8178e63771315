"""Refusals about evidence: of records, of bytes on their way, of bytes that were looked into."""

from backend.foundation.kernel.problem import problem

photo_empty = problem(
    422,
    "photo_empty",
    "This photo has 0 bytes. Take it again.",
    "这张照片是空文件（0 字节）。请重新拍摄。",
    "needs_person",
)
photo_too_large = problem(
    413,
    "photo_too_large",
    "The photo is {size_mb} MB; the limit is {limit_mb} MB. Take it again in normal quality.",
    "照片 {size_mb} MB，上限 {limit_mb} MB。请用普通画质重拍。",
    "needs_person",
)
photo_type = problem(
    415,
    "photo_type",
    "Files of type {type} are not photos here. JPEG, PNG and WebP are.",
    "这里不接受 {type} 类型的文件。可用 JPEG、PNG 或 WebP。",
    "needs_person",
)
photos_too_many = problem(
    422,
    "photos_too_many",
    "There are {limit} photos here already. Remove one first.",
    "这里已有 {limit} 张照片。请先删除一张。",
    "needs_person",
)
blob_mismatch = problem(
    422,
    "blob_mismatch",
    "The photo arrived damaged and was discarded. The phone sends it again.",
    "照片传输中损坏，已丢弃。手机会重新发送。",
    "after_pull",
)
blob_unknown = problem(
    404,
    "blob_unknown",
    "No such photo is expected here.",
    "这里没有等待这张照片。",
)
waive_pointless = problem(
    409,
    "waive_pointless",
    "This photo is here and good; there is nothing to give up.",
    "这张照片已完好收到，无需放弃。",
    "after_pull",
)
waive_own = problem(
    409,
    "waive_own",
    "{person} took this photo and cannot also give it up. Another manager has to.",
    "这张照片是{person}自己拍的，不能由本人放弃。请另一位经理处理。",
    "needs_person",
)
blob_erased = problem(
    410,
    "blob_erased",
    "This photo was erased, so it cannot be sent any more.",
    "这张照片已按规定删除，不能再发送。",
)
blob_erasing = problem(
    503,
    "blob_erasing",
    "An older copy of this photo is being erased. It stays on this device and is sent again.",
    "这张照片的旧副本正在删除。照片仍在本机，稍后会再次发送。",
)
photo_sealed = problem(
    403,
    "photo_sealed",
    "This photo is sealed. Only the data-protection officer opens it, with a reason.",
    "这张照片已封存，只有个人信息保护负责人说明理由后才能打开。",
)
upload_unknown = problem(
    404,
    "upload_unknown",
    "This upload is not known. Start it again.",
    "没有这个上传任务，请重新开始。",
    "after_pull",
)
upload_expired = problem(
    410,
    "upload_expired",
    "This upload waited too long and was removed. Start it again.",
    "上传任务已过期并删除，请重新开始。",
    "after_pull",
)
upload_locked = problem(
    423,
    "upload_locked",
    "Another request is still sending this photo. Wait a moment.",
    "这张照片正由另一个请求上传，请稍候。",
    "after_pull",
)
uploads_too_many = problem(
    429,
    "uploads_too_many",
    "{limit} uploads were begun and not finished. They are finished first, then new ones begin.",
    "已有 {limit} 个未完成的上传任务。请先完成这些任务。",
    "after_pull",
)
offset_moved = problem(
    409,
    "offset_moved",
    "The server holds {offset} bytes. Continue there.",
    "服务器已收到 {offset} 字节，请从这里继续。",
    "after_pull",
)
chunk_mismatch = problem(
    460,
    "chunk_mismatch",
    "A piece arrived damaged and was not kept. Send it again.",
    "有一段数据损坏，未保留，请重发。",
    "after_pull",
)
upload_too_long = problem(
    413,
    "upload_too_long",
    "More bytes came than the {limit} that are allowed here.",
    "收到的字节超过允许的 {limit}。",
)
upload_invalid = problem(
    400,
    "upload_invalid",
    "The upload header {header} is missing or wrong: {reason}",
    "上传请求头 {header} 缺失或有误：{reason}",
)
upload_type = problem(
    415,
    "upload_type",
    "Bytes are sent as application/offset+octet-stream.",
    "数据必须以 application/offset+octet-stream 发送。",
)
tus_version = problem(
    412,
    "tus_version",
    "This server speaks tus 1.0.0.",
    "服务器使用 tus 1.0.0 协议。",
    "after_upgrade",
)
storage_full = problem(
    507,
    "storage_full",
    "The server has no room left. Everything stays on this device and is sent later.",
    "服务器存储空间不足。内容都在本机，稍后再发送。",
)
store_unreachable = problem(
    503,
    "store_unreachable",
    "The photo store does not answer. Everything stays on this device and is sent again.",
    "照片存储暂时无法访问。内容都在本机，稍后会再次发送。",
)
range_unsatisfiable = problem(
    416,
    "range_unsatisfiable",
    "The photo has {size} bytes; this part of it does not exist.",
    "照片共 {size} 字节，没有请求的这一段。",
)
rendition_pending = problem(
    404,
    "rendition_pending",
    "The smaller picture is not made yet. Try again in a moment.",
    "小图尚未生成，请稍后再试。",
    "after_pull",
)
ALL = (
    photo_empty,
    photo_too_large,
    photo_type,
    photos_too_many,
    blob_mismatch,
    blob_unknown,
    blob_erased,
    blob_erasing,
    photo_sealed,
    waive_pointless,
    waive_own,
    upload_unknown,
    upload_expired,
    upload_locked,
    uploads_too_many,
    offset_moved,
    chunk_mismatch,
    upload_too_long,
    upload_invalid,
    upload_type,
    tus_version,
    storage_full,
    store_unreachable,
    range_unsatisfiable,
    rendition_pending,
)
