"""What employments open, as the database sees it. guardian reads this view as a table."""

from portal.sqlviews import View

# A care worker works in one department, a manager manages it too, a centre manager
# does both in every department of the home. Advisers and system administrators are
# not named here, and so see no resident.
V1 = View(
    "portal_department_grant",
    """
    SELECT employment.id * 1000000 + department.id * 2 +
           (CASE permission.codename WHEN 'manage_department' THEN 1 ELSE 0 END) AS id,
           employment.user_id AS user_id,
           permission.id AS permission_id,
           department.id AS content_object_id
      FROM portal_employment employment
      JOIN portal_user person ON person.id = employment.user_id
      JOIN portal_department department
        ON department.id = employment.department_id
        OR (employment.role = 'centre_manager'
            AND department.home_id = employment.home_id)
      JOIN django_content_type model
        ON model.app_label = 'portal' AND model.model = 'department'
      JOIN auth_permission permission
        ON permission.content_type_id = model.id
       AND (permission.codename = 'work_in_department'
            OR (permission.codename = 'manage_department'
                AND employment.role IN ('manager', 'centre_manager')))
     WHERE employment.role IN ('care', 'manager', 'centre_manager')
       AND person.is_active
       AND employment.starts_on <= portal_today()
       AND (employment.ends_on IS NULL OR employment.ends_on >= portal_today())
    """,
    reason="Whoever is employed there may: record or end an employment.",
)
