using System.Globalization;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Runs something under a culture as German and Turkish machines have it: a decimal comma, a group point, another minus.</summary>
internal static class Cultures
{
    internal static T Other<T>(Func<T> function)
    {
        var before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.That((-1.5).ToString(), Is.EqualTo("~1,5"), "the trap works");
            return function();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
