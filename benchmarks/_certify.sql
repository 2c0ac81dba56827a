-- The sci-tech SME rule by hand (DuckDB): the same outputs as songhua, a missing fact being unknown.
-- A figure within a billionth part below an edge stands on it, as in songhua.
SELECT
 CASE g WHEN 0 THEN 'not_met' WHEN 1 THEN 'unknown' ELSE 'met' END AS outcome,
 CASE WHEN g < 3 THEN CASE WHEN resident_g = g THEN 'resident_firm' WHEN size_g = g THEN 'size' WHEN products_g = g THEN 'products' WHEN conduct_g = g THEN 'conduct' WHEN score_g = g THEN 'by_score'
   WHEN coalesce(CASE WHEN hnte_certificate THEN 3 ELSE 0 END,1) = g AND hnte_certificate IS NOT NULL OR (hnte_certificate IS NULL AND g=1) THEN 'certificate'
   WHEN (national_award IS NULL AND g=1) OR (national_award=false AND g=0) THEN 'award' WHEN (rd_institution IS NULL AND g=1) OR (rd_institution=false AND g=0) THEN 'institution' ELSE 'standard' END
  WHEN score_g = 3 THEN 'by_score' WHEN hnte_certificate THEN 'certificate' WHEN national_award THEN 'award' WHEN rd_institution THEN 'institution' ELSE 'standard' END AS deciding,
 score_low, score_high, score_low = score_high OR known AS score_known,
 staff_low AS staff_score_low, staff_high AS staff_score_high, staff_low = staff_high OR staff_known AS staff_score_known,
 rd_low AS rd_score_low, rd_high AS rd_score_high, rd_low = rd_high OR rd_known AS rd_score_known,
 ip_low AS ip_score_low, ip_high AS ip_score_high, ip_low = ip_high OR ip_known AS ip_score_known
FROM (
 SELECT *, least(resident_g, size_g, products_g, conduct_g, greatest(score_g, direct_g)) AS g FROM (
  SELECT *,
   CASE WHEN score_low >= 60 AND staff_low > 0 THEN 3 WHEN score_high < 60 OR staff_high <= 0 THEN 0 ELSE 1 END AS score_g
  FROM (
   SELECT *, staff_low + rd_low + ip_low AS score_low, staff_high + rd_high + ip_high AS score_high, staff_known AND rd_known AND ip_known AS known
   FROM (
    SELECT *,
     CASE WHEN staff_r IS NOT NULL THEN staff_low WHEN staff = 0 OR tech_staff = 0 THEN 0 ELSE 20 END AS staff_high,
     staff_r IS NOT NULL AS staff_known,
     greatest(s_low, c_low) AS rd_low,
     greatest(CASE WHEN s_r IS NOT NULL THEN s_low WHEN sales = 0 OR rd = 0 THEN 0 ELSE 50 END,
              CASE WHEN c_r IS NOT NULL THEN c_low WHEN total_cost = 0 OR rd = 0 THEN 0 ELSE 50 END) AS rd_high,
     s_r IS NOT NULL AND c_r IS NOT NULL AS rd_known,
     CASE WHEN class1_ip IS NULL THEN 30 WHEN class1_ip >= 1 THEN 30 WHEN class2_ip IS NULL THEN 24 ELSE ip_low END AS ip_high,
     class1_ip IS NOT NULL AND class2_ip IS NOT NULL AS ip_known
    FROM (
     SELECT *,
      CASE WHEN staff_r >= 0.30::DOUBLE - 0.30::DOUBLE*1e-9 THEN 20 WHEN staff_r >= 0.25::DOUBLE - 0.25::DOUBLE*1e-9 THEN 16 WHEN staff_r >= 0.20::DOUBLE - 0.20::DOUBLE*1e-9 THEN 12 WHEN staff_r >= 0.15::DOUBLE - 0.15::DOUBLE*1e-9 THEN 8 WHEN staff_r >= 0.10::DOUBLE - 0.10::DOUBLE*1e-9 THEN 4 ELSE 0 END AS staff_low,
      CASE WHEN s_r >= 0.06::DOUBLE - 0.06::DOUBLE*1e-9 THEN 50 WHEN s_r >= 0.05::DOUBLE - 0.05::DOUBLE*1e-9 THEN 40 WHEN s_r >= 0.04::DOUBLE - 0.04::DOUBLE*1e-9 THEN 30 WHEN s_r >= 0.03::DOUBLE - 0.03::DOUBLE*1e-9 THEN 20 WHEN s_r >= 0.02::DOUBLE - 0.02::DOUBLE*1e-9 THEN 10 ELSE 0 END AS s_low,
      CASE WHEN c_r >= 0.30::DOUBLE - 0.30::DOUBLE*1e-9 THEN 50 WHEN c_r >= 0.25::DOUBLE - 0.25::DOUBLE*1e-9 THEN 40 WHEN c_r >= 0.20::DOUBLE - 0.20::DOUBLE*1e-9 THEN 30 WHEN c_r >= 0.15::DOUBLE - 0.15::DOUBLE*1e-9 THEN 20 WHEN c_r >= 0.10::DOUBLE - 0.10::DOUBLE*1e-9 THEN 10 ELSE 0 END AS c_low,
      CASE WHEN class1_ip >= 1 THEN 30 WHEN class2_ip >= 4 THEN 24 WHEN class2_ip = 3 THEN 18 WHEN class2_ip = 2 THEN 12 WHEN class2_ip = 1 THEN 6 ELSE 0 END AS ip_low
     FROM (
      SELECT *,
       CASE WHEN staff > 0 THEN tech_staff / staff WHEN staff = 0 AND tech_staff IS NOT NULL THEN 0 END AS staff_r,
       CASE WHEN sales > 0 THEN rd / sales WHEN sales = 0 AND rd IS NOT NULL THEN 0 END AS s_r,
       CASE WHEN total_cost > 0 THEN rd / total_cost WHEN total_cost = 0 AND rd IS NOT NULL THEN 0 END AS c_r,
       CASE WHEN resident THEN 3 WHEN NOT resident THEN 0 ELSE 1 END AS resident_g,
       CASE WHEN staff > 500 OR sales > 20000 OR assets > 20000 THEN 0 WHEN staff <= 500 AND sales <= 20000 AND assets <= 20000 THEN 3 ELSE 1 END AS size_g,
       CASE WHEN prohibited_products THEN 0 WHEN NOT prohibited_products THEN 3 ELSE 1 END AS products_g,
       CASE WHEN serious_violation OR on_abnormal_list THEN 0 WHEN NOT serious_violation AND NOT on_abnormal_list THEN 3 ELSE 1 END AS conduct_g,
       CASE WHEN hnte_certificate OR national_award OR rd_institution OR led_standard THEN 3 WHEN NOT hnte_certificate AND NOT national_award AND NOT rd_institution AND NOT led_standard THEN 0 ELSE 1 END AS direct_g
      FROM FIRMS))))))
