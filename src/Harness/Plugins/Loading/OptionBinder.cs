using System.Globalization;
using System.Reflection;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>Makes an options record from canonical texts.</summary>
internal static class OptionBinder
{
    /// <summary>The record; parameters that are not given keep their defaults.</summary>
    /// <exception cref="OptionException">A name is unknown or a text is not what its type needs.</exception>
    internal static object Bind(Type record, IReadOnlyDictionary<string, string> options)
    {
        var constructor = record.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var names = parameters.Select(p => KebabCase.Of(p.Name!)).ToList();
        if (options.Keys.FirstOrDefault(k => !names.Contains(k)) is { } unknown)
        {
            throw new OptionException($"{record.Name} has no parameter '{unknown}'");
        }

        var values = parameters.Zip(names, (p, name) => options.TryGetValue(name, out var text) ? Value(p, name, text) : Default(p));
        return constructor.Invoke([.. values]);
    }

    private static object? Value(ParameterInfo parameter, string name, string text)
    {
        var inner = Nullable.GetUnderlyingType(parameter.ParameterType);
        if (text == ParameterCard.NullText && (inner is not null || AllowsNull(parameter)))
        {
            return null;
        }

        try
        {
            return Convert(inner ?? parameter.ParameterType, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new OptionException($"{name}: '{text}' is no {(inner ?? parameter.ParameterType).Name}");
        }
    }

    private static object Convert(Type type, string text) => type.IsEnum
        ? Enum.Parse(type, Enum.GetNames(type).FirstOrDefault(n => KebabCase.Of(n) == text) ?? throw new FormatException(text))
        : System.Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    // The constant of an enum is a number in metadata, also where the parameter is a nullable enum.
    private static object? Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue is { } value && type.IsEnum ? Enum.ToObject(type, value) : parameter.DefaultValue;
    }

    private static bool AllowsNull(ParameterInfo parameter) => parameter.ParameterType == typeof(string)
        && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
