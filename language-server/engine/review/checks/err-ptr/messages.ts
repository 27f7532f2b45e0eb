import type { MessageTable } from "../../../text/message";

export const errPtrMessages: MessageTable = {
  "err-ptr.null-test": {
    en: "{call}() returns an error pointer when it fails, never NULL: this test of {name} never sees the failure. Use IS_ERR().",
    "zh-cn": "{call}() 失败时返回错误指针而不是 NULL：对 {name} 的这个判断永远发现不了失败。应使用 IS_ERR()。",
  },
  "err-ptr.error-test": {
    en: "{call}() returns NULL when it fails, never an error pointer: IS_ERR({name}) never sees the failure.",
    "zh-cn": "{call}() 失败时返回 NULL 而不是错误指针：IS_ERR({name}) 永远发现不了失败。",
  },
  "err-ptr.wrong-pointer": {
    en: "{checked} was found to be an error, but the error code is taken from {taken}.",
    "zh-cn": "已判定 {checked} 为错误指针，错误码却取自 {taken}。",
  },
  "err-ptr.null-error": {
    en: "{name} is NULL here, so PTR_ERR({name}) is 0: the failure is reported as success.",
    "zh-cn": "此处 {name} 为 NULL，PTR_ERR({name}) 为 0：失败会被当作成功返回。",
  },
  "err-ptr.positive": {
    en: "ERR_PTR({error}) makes a pointer that IS_ERR() does not recognise; error codes are negative: ERR_PTR(-{error}).",
    "zh-cn": "IS_ERR() 不能识别 ERR_PTR({error}) 得到的指针；错误码应为负数：ERR_PTR(-{error})。",
  },
};
