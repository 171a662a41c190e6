using System.Reflection;
using System.Reflection.Emit;

namespace FlexCrew.Tests.Architecture;

/// <summary>All types that a type mentions: in its declaration, its members, its attributes and its method bodies.</summary>
internal static class TypeReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(type.BaseType);
        foreach (var implemented in type.GetInterfaces()) Add(implemented);
        foreach (var attribute in type.GetCustomAttributesData()) Add(attribute.AttributeType);
        foreach (var field in type.GetFields(All)) Add(field.FieldType);
        foreach (var property in type.GetProperties(All)) Add(property.PropertyType);
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters()) Add(parameter.ParameterType);
            foreach (var attribute in method.GetCustomAttributesData()) Add(attribute.AttributeType);
            foreach (var mentioned in InBody(method)) Add(mentioned);
        }
        return found;

        void Add(Type? mentioned)
        {
            if (mentioned is null || !found.Add(mentioned)) return;
            Add(mentioned.DeclaringType);
            if (mentioned.HasElementType) Add(mentioned.GetElementType());
            foreach (var argument in mentioned.GetGenericArguments()) Add(argument);
        }
    }

    private static IEnumerable<Type?> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) yield return clause.CatchType;

        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)(0xFE00 | code[at++]);
            var opCode = OpCodesByValue[value];
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                foreach (var mentioned in Resolve(method, BitConverter.ToInt32(code, at)))
                    yield return mentioned;
            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token,
            method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null)!;
        yield return member as Type ?? member.DeclaringType;
        if (member is FieldInfo field) yield return field.FieldType;
        if (member is not MethodBase called) yield break;
        yield return (called as MethodInfo)?.ReturnType;
        foreach (var parameter in called.GetParameters()) yield return parameter.ParameterType;
        if (called.IsGenericMethod)
            foreach (var argument in called.GetGenericArguments()) yield return argument;
    }
}
