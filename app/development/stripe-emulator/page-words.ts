/**
 * The words of the simulated payment page. They stand here and not among the product's messages, because the page plays a third
 * party: nothing of it is shown when real Stripe takes the payment.
 */
export const WORDS = {
  zh: {
    lang: 'zh-CN',
    title: '模拟支付',
    notice: '模拟支付：这是本地测试页面，不会产生任何真实扣款。',
    total: '应付金额',
    quantity: '数量',
    reference: '订单参考',
    choose: '选择支付方式',
    card: '银行卡支付',
    alipay: '支付宝支付',
    wechat_pay: '微信支付',
    other: '试试其他结果',
    decline: '支付被拒绝',
    later_succeed: '稍后到账（成功）',
    later_fail: '稍后到账（失败）',
    back: '返回商家',
    declined: '支付被拒绝，未扣款。可以重试或换一种支付方式。',
    complete: '该笔支付已完成。',
    expired: '该支付链接已失效，未扣款。',
    missing: '找不到这笔支付。',
    continue: '继续',
  },
  en: {
    lang: 'en',
    title: 'Simulated payment',
    notice: 'Simulated payment: a local test page. No real money is charged.',
    total: 'Amount due',
    quantity: 'Quantity',
    reference: 'Reference',
    choose: 'Choose how to pay',
    card: 'Pay by card',
    alipay: 'Pay with Alipay',
    wechat_pay: 'Pay with WeChat Pay',
    other: 'Try another outcome',
    decline: 'Payment is declined',
    later_succeed: 'Settles later, succeeds',
    later_fail: 'Settles later, fails',
    back: 'Back to the merchant',
    declined: 'The payment was declined and nothing was charged. Try again or choose another method.',
    complete: 'This payment is complete.',
    expired: 'This payment link has expired. Nothing was charged.',
    missing: 'There is no such payment.',
    continue: 'Continue',
  },
} as const;

export type PageWords = (typeof WORDS)[keyof typeof WORDS];
