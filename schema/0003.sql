-- What one file tells in two rows of what another tells in one: all its rows count when the other
-- file is undone, not only the first of them.
DROP VIEW echoed;

-- Facts that an earlier one says whose batch stands: the first, or one of an earlier document.
CREATE VIEW echoed AS
	SELECT echo.fact FROM echo JOIN fact AS own ON own.id = echo.fact WHERE EXISTS (
		SELECT 1 FROM fact AS earlier WHERE earlier.id = echo.first
			AND earlier.batch NOT IN (SELECT batch FROM undone))
	OR EXISTS (
		SELECT 1 FROM echo AS other JOIN fact AS earlier ON earlier.id = other.fact
		WHERE other.first = echo.first AND other.fact < echo.fact
			AND earlier.document <> own.document
			AND earlier.batch NOT IN (SELECT batch FROM undone));
