/** Which way modules may look: to core and to the modules above them in this list, never below. Some of them are still to come. */
module.exports = [
  'identity',
  'centres',
  'capability',
  'catalogue',
  'scheduling',
  'orders',
  'payments',
  'invoices',
  'jobs',
  'certificates',
  'instruments',
  'demand',
  'vouchers',
  'parks',
  'trust',
  'notices',
];
