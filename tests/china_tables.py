"""China's national tables by year: the file, and the classification that it is in."""

COMMON = "china-io-common"
YEARS = {
    2002: ("china_2002_122", "china-io122-2002"),
    2005: ("china_2005_42", "china-io42-2005"),
    2007: ("china_2007_135", "china-io135-2007"),
    2010: ("china_2010_41", "china-io41-2010"),
    2012: ("china_2012_139", "china-io139-2012"),
    2015: ("china_2015_42", "china-io42-2015"),
    2017: ("china_2017_149", "china-io149-2017"),
    2018: ("china_2018_153", "china-io153-2020"),
    2020: ("china_2020_153", "china-io153-2020"),
}
