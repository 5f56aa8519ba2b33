-- What the shop's tables obey and what is built on them.

CREATE INDEX customers_email_lower ON customers (lower(email));
CREATE INDEX customers_city ON customers ((address ->> 'city'));
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_open ON orders (placed_at) WHERE status IN ('new', 'paid');
CREATE INDEX order_items_product ON order_items (product_id);
CREATE INDEX events_customer ON events (customer_id, happened_at);

ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE events ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
-- This key is a personal value: what replaces it must still join.
ALTER TABLE subscriptions ADD FOREIGN KEY (customer_email) REFERENCES customers (email)
  ON UPDATE CASCADE ON DELETE CASCADE;

CREATE FUNCTION order_total(wanted bigint) RETURNS numeric
  LANGUAGE sql STABLE
  AS 'SELECT coalesce(sum(amount), 0) FROM order_items WHERE order_id = wanted';

CREATE FUNCTION touch_updated_at() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER customers_updated BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER orders_updated BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE VIEW open_orders AS
  SELECT o.id, o.placed_at, c.name, c.email, order_total(o.id) AS total
    FROM orders o JOIN customers c ON c.id = o.customer_id
   WHERE o.status IN ('new', 'paid');

CREATE MATERIALIZED VIEW best_customers AS
  SELECT c.id, c.name, c.email, count(DISTINCT o.id) AS orders, sum(i.amount) AS spent
    FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id
   GROUP BY c.id
   ORDER BY spent DESC, c.id
   LIMIT 100;
CREATE UNIQUE INDEX best_customers_id ON best_customers (id);
