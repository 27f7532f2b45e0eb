import type { MessageTable } from "../../../text/message";

export const signoffChainMessages: MessageTable = {
  "signoff-chain.none": { en: "The patch has no Signed-off-by; without one it cannot be taken.", "zh-cn": "补丁没有 Signed-off-by；没有签名就不能被接收。" },
  "signoff-chain.author": { en: "The author, {author}, has not signed off.", "zh-cn": "作者 {author} 没有签名（Signed-off-by）。" },
  "signoff-chain.author.fix": { en: "Add the author's sign-off", "zh-cn": "添加作者的签名" },
  "signoff-chain.address": { en: "{name} signs with {signed}, but the author's address is {author}.", "zh-cn": "{name} 签名用的是 {signed}，而作者地址是 {author}。" },
  "signoff-chain.sender": { en: "{sender} sends this patch without signing off last; whoever hands a patch on signs at the end of the chain.", "zh-cn": "发送者 {sender} 没有在最后签名；转交补丁的人要在签名链末尾签名。" },
  "signoff-chain.no-address": { en: "This sign-off has no address: write “Name <address>”.", "zh-cn": "签名缺少邮箱地址：写作“姓名 <地址>”。" },
  "signoff-chain.spelling": { en: "Write the tag as “{wanted}”.", "zh-cn": "标签应写作“{wanted}”。" },
  "signoff-chain.spelling.fix": { en: "Write “{wanted}”", "zh-cn": "改为“{wanted}”" },
  "signoff-chain.twice": { en: "The same sign-off stands twice in a row.", "zh-cn": "同一个签名连续出现了两次。" },
  "signoff-chain.twice.fix": { en: "Remove the second one", "zh-cn": "删除第二个" },
  "signoff-chain.co-author": { en: "Co-developed-by is followed at once by that person's Signed-off-by.", "zh-cn": "Co-developed-by 之后要紧跟同一个人的 Signed-off-by。" },
  "signoff-chain.co-author.fix": { en: "Add the sign-off of {name}", "zh-cn": "添加 {name} 的签名" },
  "signoff-chain.co-author-is-author": { en: "Co-developed-by names the author; it is for the others.", "zh-cn": "Co-developed-by 写的是作者本人；它只用于其他合作者。" },
};
